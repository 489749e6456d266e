/** The package ships no types; glTF-Transform takes the modules as they are. */
declare module 'draco3dgltf' {
  const draco: {
    createDecoderModule: () => Promise<unknown>;
    createEncoderModule: () => Promise<unknown>;
  };
  export default draco;
}
