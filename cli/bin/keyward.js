#!/usr/bin/env node
"use strict";

// Newer versions of Node.js keep compiled code from run to run.
require("node:module").enableCompileCache?.();
require("../dist/main.js");
