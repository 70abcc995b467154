/** Field of an invoke's result which says that the result may have more fields than the answer states. */
export const partialMark = "keyward:partial";
