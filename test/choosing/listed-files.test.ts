import { join } from 'node:path';
import { expect, test } from 'vitest';
import { listImages } from '../../source/commands/list-images.ts';
import {
  makeDirectory,
  namesOf,
  noon,
  openForTest,
  waitForView,
  writeLikeServer,
} from '../gallery/helpers/gallery.ts';
import { makeInfotextPng } from '../gallery/helpers/pictures.ts';
import { done, openChooserInTest } from './chooser-in-test.ts';

test('a rejected file leaves the list of files and comes back to it, and the trash is in no list', async () => {
  const { directory, today } = makeDirectory();
  writeLikeServer(today, '00000-21.png', await makeInfotextPng(21));
  writeLikeServer(today, '00001-22.png', await makeInfotextPng(22));
  const gallery = openForTest({ directory, now: () => noon });
  gallery.start();
  await waitForView(gallery, ({ rows }) => rows.length === 2);
  const chooser = openChooserInTest(join(directory, 'state'));
  done(await chooser.choose([join(today, '00000-21.png')], { kind: 'reject' }));
  const view = await waitForView(gallery, ({ totalCount }) => totalCount === 1);
  expect(namesOf(view)).toEqual(['00001-22.png']);
  const listed: string[] = [];
  for await (const { path } of listImages(directory)) listed.push(path);
  expect(listed).toEqual([join(today, '00001-22.png')]);
  done(await chooser.undo());
  await waitForView(gallery, ({ totalCount }) => totalCount === 2);
});
