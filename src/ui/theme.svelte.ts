export type Theme = 'light' | 'dark';

function kept(): Theme | null {
	try {
		const value = localStorage.getItem('theme');
		return value === 'light' || value === 'dark' ? value : null;
	} catch {
		return null;
	}
}

const system = (): Theme => (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');

class ThemeChoice {
	now = $state<Theme>(kept() ?? system());

	turn(): void {
		this.now = this.now === 'dark' ? 'light' : 'dark';
		try {
			localStorage.setItem('theme', this.now);
		} catch {
			// A browser that keeps nothing still shows the theme.
		}
	}
}

/** One for the page: the switch and the command palette turn the same. */
export const theme = new ThemeChoice();
