import { chromium } from '@playwright/test';
import { raceRivals } from './scripts/bench/rivals.mjs';
import { launchArgs } from './scripts/browser.mjs';
const launch = async () => { const server = await chromium.launchServer({ executablePath: '/usr/bin/chromium', args: launchArgs }); const browser = await chromium.connect(server.wsEndpoint()); return { browser: { newContext: (o) => browser.newContext(o), close: async () => { await browser.close(); await server.close(); } }, pid: server.process().pid }; };
console.log(await raceRivals({ launch, changes: 12 }));
process.exit(0);
