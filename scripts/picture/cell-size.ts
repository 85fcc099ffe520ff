/** Size of a cell in the picture's units; whole numbers, so that neighbouring shapes meet without a seam. */
export const cellWidth = 9;
export const cellHeight = 19;

/** DejaVu Sans Mono is 0.602 em wide; its letters then fill the cell exactly. */
export const fontSize = cellWidth / 0.602;

/** From a cell's top to the line that letters stand on: the font's 1.164 em centred in the cell, of which 0.928 em are above. */
export const baseline = (cellHeight - 1.164 * fontSize) / 2 + 0.928 * fontSize;
