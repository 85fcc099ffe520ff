/** Stands in for Ink's optional devtools, which are never part of the bundle. */
export default {};
