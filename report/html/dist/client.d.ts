/** The script of the page: `report/html/client/main.tsx`, bundled by `tools/build.mjs`. */
export declare const script: string;

/** The style sheet of the page: `report/html/client/style.css`, minified by `tools/build.mjs`. */
export declare const style: string;
