/**
 * Milliseconds that labels on their way have when the program ends: a bench that is being switched off waits for it. What
 * ends the core from outside has to wait longer, or this moment is none.
 */
export const lastMomentMs = 8000
