// The samples that both examples use are served from the root.
export default { publicDir: "../sample", server: { host: "127.0.0.1", strictPort: true } };
