/** The page's one copy of three, which the import map gives to code scenes. */
export * from 'three';
