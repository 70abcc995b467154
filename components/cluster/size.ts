/** Servers of a cluster that names no size. */
export const defaultSize = 3;
