declare module "pdfjs-dist/build/pdf.worker.mjs?worker" {
  const Engine: new () => Worker;
  export default Engine;
}
