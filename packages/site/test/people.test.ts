import { expect, test } from 'vitest';
import { publicUser } from '../src/index.ts';
import { jpeg } from './files/pictures.ts';
import { describeSites, pageOf } from './support/site.ts';

describeSites('what pages know of users', (open) => {
  test('ctx.user says since when, and which address waits for its confirmation', async () => {
    const app = await open();
    const user = await app.user();
    const visitor = await app.login(user, { elevated: true });
    const shown = async (): Promise<unknown> => pageOf(await visitor.get('/page')).user;
    expect(await shown()).toMatchObject({ createdAt: user.createdAt, unverifiedEmail: null });
    await visitor.json('users/save-user', { userId: user.id, email: 'new@example.com' });
    expect(await shown()).toMatchObject({ email: user.email, unverifiedEmail: 'new@example.com' });
  });

  test('nobody is called by an e-mail address', async () => {
    const app = await open({ useEmailAsUsername: true });
    const user = await app.user({ email: 'ada@example.com', username: 'ada@example.com' });
    const visitor = await app.login(user);
    expect(pageOf(await visitor.get('/page')).user).toMatchObject({
      username: 'ada@example.com',
      friendlyName: null,
    });
    const { json } = await visitor.json('users/save-user', { userId: user.id, fullName: 'Ada Lovelace' });
    expect(json.user.friendlyName).toBe('Ada');
  });

  test('queries know the photo’s path, and publicUser takes what they find for anybody to see', async () => {
    const app = await open();
    const user = await app.user({ username: 'ada', fullName: 'Ada Lovelace', firstName: 'Ada' });
    const visitor = await app.login(user);
    expect(await app.site.queries.users.find(user.id)).toMatchObject({ photoUrl: null });
    const photo = new File([await jpeg()], 'me.jpg', { type: 'image/jpeg' });
    const sent = await visitor.upload('users/upload-user-photo', { userId: user.id, photo });
    const { photoUrl } = sent.json;
    expect((await visitor.get(photoUrl)).status).toBe(200);
    const [found] = (await app.site.queries.users.list()).users;
    expect(found?.photoUrl).toBe(photoUrl);
    expect(found && publicUser(found)).toEqual({
      id: user.id,
      uid: user.uid,
      username: 'ada',
      fullName: 'Ada Lovelace',
      firstName: 'Ada',
      lastName: null,
      friendlyName: 'Ada',
      photoUrl,
    });
  });
});
