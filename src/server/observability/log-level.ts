/** Levels of the log, the most detailed first. */
export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const

/** The lowest level that is logged. */
export type LogLevel = (typeof LOG_LEVELS)[number]
