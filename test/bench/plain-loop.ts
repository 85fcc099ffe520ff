/** The loop that sdloop replaces, on a kept-alive connection: one request at a time, the next once the answer is there. */
export async function plainLoop(url: string, model: string, count: number): Promise<void> {
  const body = JSON.stringify({
    prompt: 'a lighthouse at dusk',
    width: 480,
    height: 270,
    batch_size: 1,
    steps: 20,
    override_settings: { sd_model_checkpoint: model },
    save_images: true,
    send_images: false,
  });
  for (let index = 0; index < count; index++) {
    const answer = await fetch(`${url}/sdapi/v1/txt2img`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    if (!answer.ok) throw new Error(`The WebUI answered with ${answer.status}: ${await answer.text()}`);
    await answer.arrayBuffer();
  }
}
