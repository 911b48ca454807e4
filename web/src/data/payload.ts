// Reads what the program put into the page: the report as JSON, each picture in a block of its own
// that is only read when it is shown.
import type { PictureSource, ReportData } from './report';

const FORMAT = 'sightline.report/1';

export function embeddedReport(page: Document): ReportData {
  const block = page.getElementById('report-data');
  if (!block?.textContent) throw new Error('this page holds no report');
  const report = JSON.parse(block.textContent) as ReportData;
  if (report.format !== FORMAT) {
    throw new Error(`the report's format is '${String(report.format)}', expected '${FORMAT}'`);
  }
  return report;
}

export function embeddedPictures(page: Document): PictureSource {
  return (sha256) => {
    const text = page.getElementById('picture-' + sha256)?.textContent ?? '';
    return text.startsWith('data:image/') ? text : undefined;
  };
}
