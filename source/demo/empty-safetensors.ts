/** A valid safetensors file that holds no tensor: nobody can mistake it for weights, and tools that open it find out why. */
export function emptySafetensors(name: string): Buffer {
  const header = Buffer.from(
    JSON.stringify({ __metadata__: { name, comment: 'A placeholder of sdloop demo; it holds no weights.' } }),
  );
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  return Buffer.concat([length, header]);
}
