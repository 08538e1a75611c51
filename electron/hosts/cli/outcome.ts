/** The words of the command line are wrong: exit code 2. */
export class WrongUsage extends Error {}

/** The core said no: exit code 1, its reason on stderr. */
export class Refused extends Error {}
