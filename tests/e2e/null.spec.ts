import { expect, settled, test } from './support/app.ts';
import { show, tile, viewNames } from './support/screen.ts';

test('[S0-F33] [S0-F21] where nothing was planted no sentence of any view claims a difference', async ({ app }) => {
	for (const seed of [1, 2]) {
		await app.evaluate((number) => window.throughline.open({ seed: number, size: 'small', scenario: 'null' }), seed);
		await settled(app);
		for (const view of viewNames) {
			await show(app, view);
			expect(await app.locator('[data-finding]').count()).toBeGreaterThan(4);
			expect(await app.locator('[data-claim="true"]').allTextContents(), `seed ${String(seed)}, ${view}`).toEqual([]);
			if (view === 'Executive') await expect(tile(app, 'insights')).toContainText('Nothing stands out beyond noise');
		}
	}
});
