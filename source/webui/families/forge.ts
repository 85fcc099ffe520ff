import { a1111 } from './a1111.ts';
import type { FamilyTraits } from './family-traits.ts';

/** Forge (webui-api.md 7.2). */
export const forge: FamilyTraits = { ...a1111, hiresFields: ['hr_cfg', 'hr_additional_modules'] };

/** Forge Neo, which can unload a checkpoint and not load it again (webui-api.md 7.1). */
export const forgeNeo: FamilyTraits = { ...forge, canFreeMemory: false };

/** reForge, which is A1111's API with one field more (webui-api.md 7.3). */
export const reforge: FamilyTraits = { ...a1111, hiresFields: ['hr_cfg'] };

/** Forge Classic, which has the joined sampler names of before A1111 1.9 (webui-api.md 7.3). */
export const forgeClassic: FamilyTraits = a1111;
