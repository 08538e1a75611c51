/** How far a bench counts the orders that wait: it asks after every scan, and 999+ says enough. */
export const queueLimit = 1000
