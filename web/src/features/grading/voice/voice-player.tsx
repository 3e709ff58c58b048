import "./voice.css";
import { type SyntheticEvent, useEffect, useState } from "react";

interface VoicePlayerProps {
  label: string;
  src: string;
}

/** The browser's own player, which keys and screen readers know. */
export function VoicePlayer({ label, src }: VoicePlayerProps) {
  return (
    // biome-ignore lint/a11y/useMediaCaption: what is said stands beside it, where somebody wrote it
    <audio
      className="voice-player"
      controls
      preload="metadata"
      aria-label={label}
      src={src}
      onLoadedMetadata={measure}
    />
  );
}

/** What a browser records does not say how long it is: going to its end finds out. */
function measure({ currentTarget: audio }: SyntheticEvent<HTMLAudioElement>) {
  if (Number.isFinite(audio.duration)) return;
  audio.ontimeupdate = () => {
    audio.ontimeupdate = null;
    audio.currentTime = 0;
  };
  audio.currentTime = Number.MAX_SAFE_INTEGER;
}

/** The same of what is still here. */
export function BlobPlayer({ label, blob }: { label: string; blob: Blob }) {
  const [src, setSrc] = useState<string>();
  useEffect(() => {
    const url = URL.createObjectURL(blob);
    setSrc(url);
    return () => URL.revokeObjectURL(url);
  }, [blob]);
  return src ? <VoicePlayer label={label} src={src} /> : null;
}
