/** The organisation that programs and packs are told: the engine's own word where nobody is logged in. */
export const organization = "organization";
