/** The form of a value that people give and AWS, or a server, would refuse late. */
export interface Format {
    readonly pattern: RegExp;
    /** What is allowed, with an example. */
    readonly what: string;
    /** Where the form comes from. */
    readonly source: string;
}
