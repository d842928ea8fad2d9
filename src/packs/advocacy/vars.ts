/** Thresholds that the SQL and the measures name; hours are elapsed hours. */
export const vars = {
	sla_hours: 168,
	stale_hours: 48,
	/** Active cases ÷ capacity above which an advocate is overloaded. */
	overload_utilisation: 1,
	/** Work that a case stands for, in cases of medium complexity; unknown complexity counts as medium. */
	complexity_weight_low: 0.75,
	complexity_weight_medium: 1,
	complexity_weight_high: 1.5,
} as const;
