/** How many entries a figure opens at most: what `ledger.list` takes in one filter. */
export const mostFigureEntries = 5000;
