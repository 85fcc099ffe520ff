import { json } from './reply.ts';
import type { Routes } from './routes.ts';

/** What the WebUI answers besides its API, with or without `--api`. */
export function webRoutes(api: Routes, fieldNames: readonly string[]): Routes {
  return {
    '/': { GET: () => ({ status: 200, contentType: 'text/html; charset=utf-8', body: homePage }) },
    '/internal/ping': { GET: () => json({}) },
    '/openapi.json': { GET: () => json(openApi(api, fieldNames)) },
  };
}

const homePage = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Stable Diffusion</title></head>
<body>
<gradio-app control_page_title="true" embed="false" eager="true" style="flex-grow: 1"></gradio-app>
<script>window.gradio_config = {"version":"3.41.2","mode":"blocks","title":"Stable Diffusion"};</script>
<p>This is the built-in WebUI of sdloop. It draws pictures to show the program; nothing here is diffusion.</p>
</body>
</html>
`;

function openApi(api: Routes, fieldNames: readonly string[]): Record<string, unknown> {
  const paths = Object.entries(api).map(([path, verbs]) => {
    const operations = Object.keys(verbs).map((verb) => [verb.toLowerCase(), { responses: { 200: {} } }]);
    return [path, Object.fromEntries(operations)];
  });
  const properties = Object.fromEntries(fieldNames.map((name) => [name, { title: name }]));
  return {
    openapi: '3.0.2',
    info: { title: 'FastAPI', version: '0.1.0' },
    paths: Object.fromEntries(paths),
    components: {
      schemas: {
        StableDiffusionProcessingTxt2Img: { title: 'StableDiffusionProcessingTxt2Img', properties },
      },
    },
  };
}
