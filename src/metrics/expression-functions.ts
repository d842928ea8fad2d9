const list = (names: string): ReadonlySet<string> => new Set(names.trim().split(/\s+/));

/** Aggregates whose answer is decided by the rows alone: not by their order, by chance or by a sketch. */
export const aggregates = list(`
	arg_max arg_min argmax argmin avg bit_and bit_or bit_xor bool_and bool_or corr count count_if countif covar_pop covar_samp entropy favg fsum
	kahan_sum kurtosis kurtosis_pop mad max max_by mean median min min_by mode product quantile quantile_cont quantile_disc regr_avgx regr_avgy
	regr_count regr_intercept regr_r2 regr_slope regr_sxx regr_sxy regr_syy sem skewness stddev stddev_pop stddev_samp sum sumkahan var_pop
	var_samp variance`);

/** Functions of one row that read nothing but their arguments, and types that take a size. */
export const scalars = list(`
	abs cbrt ceil ceiling exp floor greatest isfinite isinf isnan least ln log log10 log2 mod pow power round sign sqrt trunc
	coalesce ifnull nullif cast try_cast decimal numeric varchar
	concat contains ends_with left length lower ltrim prefix regexp_matches replace right rtrim starts_with strlen substr substring suffix trim upper
	date_diff date_part date_sub date_trunc datediff datepart datesub datetrunc day dayofmonth dayofweek dayofyear epoch epoch_ms extract hour
	isodow isoyear last_day minute month quarter second to_days to_hours to_minutes to_months to_seconds to_weeks to_years week weekday year`);

/** Words of SQL after which a parenthesis opens no call. */
export const openers = list('and any all as between by case distinct else filter ilike in interval is like not or then when where');

/** Words that begin a query, read the clock or the session, or look across rows: none of them is part of a measure. */
export const refused = list(`
	alter attach call copy create current_catalog current_date current_role current_schema current_time current_timestamp current_user delete describe
	detach drop execute exists explain export from import insert install into lateral load localtime localtimestamp over pivot pragma prepare select
	session_user set show summarize table truncate union unpivot update use user using values window with`);
