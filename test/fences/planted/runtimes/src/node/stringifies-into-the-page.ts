// breaks: TS2584
import type { Page } from 'puppeteer';

export const title = (page: Page): Promise<string> => page.evaluate(() => document.title);
