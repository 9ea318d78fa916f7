// What a search is measured on.

export interface BenchText {
  id: string;
  lang: string;
  title: string;
  text: string;
  authors: string[];
}
