const most = 50;

/** The history with a statement that was just run: the newest first, none twice. */
export function remembered(statements: readonly string[], statement: string): string[] {
	const text = statement.trim();
	return text === '' ? [...statements] : [text, ...statements.filter((each) => each !== text)].slice(0, most);
}
