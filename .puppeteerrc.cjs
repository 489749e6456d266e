// Puppeteer reads this: no browser is downloaded on install; `npm run setup` finds or gets one.
module.exports = { skipDownload: true };
