/** Names that expressions know beside variables; no variable may have them. */
export const SCHEDULE_NAMES = ['progress', 'stage', 'goal'] as const;
