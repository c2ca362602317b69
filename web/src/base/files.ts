// Printing and saving what the program made.

// Opens the document in a hidden frame and asks the browser to print it; a browser that will not shows it instead.
export function printFile(url: string, afterwards: () => void = () => {}) {
  document.querySelectorAll('iframe.print-frame').forEach((old) => old.remove());
  const frame = document.createElement('iframe');
  frame.className = 'print-frame';
  frame.title = 'print';
  frame.addEventListener('load', () => {
    try {
      frame.contentWindow?.print();
    } catch {
      open(url, '_blank');
    }
    afterwards();
  });
  frame.src = url;
  document.body.append(frame);
}

export function saveFile(url: string, name = '') {
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
}

// The clipboard API is missing over plain HTTP, where most warehouses run.
export async function copyText(text: string): Promise<boolean> {
  try {
    if (navigator.clipboard) {
      await navigator.clipboard.writeText(text);
      return true;
    }
  } catch {
    // fall through to the old way
  }
  const field = document.createElement('textarea');
  field.value = text;
  field.className = 'visually-hidden';
  document.body.append(field);
  field.select();
  const done = document.execCommand('copy');
  field.remove();
  return done;
}
