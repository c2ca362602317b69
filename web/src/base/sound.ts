// Short tones for the scanner's ear: high for right, low and long for wrong. Made here, so that no file is loaded.
type Tone = [hertz: number, from: number, seconds: number, shape: OscillatorType];
const tones: Record<'good' | 'bad' | 'done', Tone[]> = {
  good: [[1175, 0, 0.07, 'sine']],
  bad: [[180, 0, 0.22, 'square'], [150, 0.26, 0.3, 'square']],
  done: [[880, 0, 0.09, 'sine'], [1319, 0.11, 0.16, 'sine']],
};
const remembered = 'zifa.sound';
let context: AudioContext | null = null;

export function isMuted() {
  return localStorage.getItem(remembered) === 'off';
}

export function setMuted(muted: boolean) {
  localStorage.setItem(remembered, muted ? 'off' : 'on');
}

export function beep(kind: keyof typeof tones) {
  if (isMuted()) return;
  try {
    context ??= new AudioContext();
    if (context.state === 'suspended') context.resume();
    for (const [hertz, from, seconds, shape] of tones[kind]) {
      const start = context.currentTime + from;
      const tone = context.createOscillator();
      const volume = context.createGain();
      tone.type = shape;
      tone.frequency.value = hertz;
      // Fade in and out, or the loudspeaker clicks.
      volume.gain.setValueAtTime(0, start);
      volume.gain.linearRampToValueAtTime(0.25, start + 0.01);
      volume.gain.linearRampToValueAtTime(0, start + seconds);
      tone.connect(volume).connect(context.destination);
      tone.start(start);
      tone.stop(start + seconds);
    }
  } catch {
    // No sound card: the colours say the same.
  }
}
