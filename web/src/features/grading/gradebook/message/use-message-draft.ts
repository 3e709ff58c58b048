import { useState } from "react";
import { useSession } from "../../../../lib/session";

export interface MessageText {
  subject: string;
  body: string;
}

const NOTHING: MessageText = { subject: "", body: "" };

/** What is being written, kept on this device until it is sent: a page that crashes loses none of it. */
export function useMessageDraft(courseId: number) {
  const user = useSession()?.user.user_id;
  const key = `lectern.message.${user}.${courseId}`;
  const [text, setText] = useState<MessageText>(() => read(key));

  function write(change: Partial<MessageText>) {
    const next = { ...text, ...change };
    setText(next);
    try {
      localStorage.setItem(key, JSON.stringify(next));
    } catch {
      // Private windows may refuse storage; the text then lasts as long as the page.
    }
  }

  function forget() {
    setText(NOTHING);
    try {
      localStorage.removeItem(key);
    } catch {
      // There is nothing then.
    }
  }

  return { text, write, forget };
}

function read(key: string): MessageText {
  try {
    return { ...NOTHING, ...JSON.parse(localStorage.getItem(key) ?? "{}") };
  } catch {
    return NOTHING;
  }
}
