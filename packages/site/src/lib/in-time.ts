/** What `work` comes to, or a rejection with what `refusal` makes where that takes longer. The work goes on. */
export async function inTime<Result>(
  work: Promise<Result>,
  milliseconds: number,
  refusal: () => Error,
): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(refusal()), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
