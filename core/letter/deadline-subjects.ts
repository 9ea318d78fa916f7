// The subjects of public lists of deadlines, and which of them a reader's interests are about, in the languages of the interface; pure.
import { foldWords } from '../mail/fold-words.ts';
import { wordFinder } from '../text/words.ts';

const wordsIn = wordFinder('');

/**
 * How words of an interest begin that is about a subject, as `foldWords` leaves them; of several all stand in it. One that ends with a
 * dot is a whole word: "logic" begins the French "logiciel". English, German, French and Spanish, then Chinese.
 */
const beginnings: Readonly<Record<string, readonly string[]>> = {
  ML: ['machine learning', 'deep learning', 'reinforcement', 'neural', 'representation learning', 'diffusion', 'generativ', 'optimi', 'bayes', 'transformer', 'maschinell lernen', 'tief lernen', 'bestarkend', 'neuronal', 'apprentissage automatique', 'apprentissage profond', 'renforcement', 'reseau neuron', 'aprendizaje automatico', 'aprendizaje profundo', 'refuerzo', 'modelo difusion', '机器学习', '深度学习', '强化学习', '神经网络', '扩散模型', '生成模型', '表示学习', '贝叶斯', '优化', 'statistical learning', 'verstarkend lernen', 'statistisch lernen', 'apprentissage statistique', 'aprendizaje estadistico', 'aprendizaje maquina', '统计学习'],
  CV: ['vision', 'image', 'video', 'visual', 'visuel', 'segmenta', 'segmentier', 'maschinell sehen', 'bilder', 'bildsegment', 'bildverarbeit', 'bildverst', 'bildgener', 'bildklass', '视觉', '图像', '视频', '图像分割', 'object detection', 'face recognition', 'objekterkenn', 'gesichtserkenn', 'detection objet', 'reconnaissance faciale', 'deteccion objeto', 'reconocimiento facial', '目标检测', '人脸识别'],
  CG: ['graphics', 'render', 'animation', 'animacion', '3d', 'computergrafik', 'computergraphik', 'infographi', 'rendu.', 'grafico computador', '图形学', '渲染', '动画'],
  NLP: ['language', 'linguist', 'translation', 'dialog', 'summari', 'llm', 'question answering', 'text', 'sprachmodell', 'sprachverarb', 'sprachverst', 'computerlinguist', 'ubersetz', 'langue', 'langage', 'traduction', 'traitement langue', 'lenguaje', 'traduccion', '语言', '翻译', '文本', '对话系统', '问答', 'sentiment', 'sentimiento', '情感分析', '大模型'],
  RO: ['robot', 'manipulation', 'locomotion', 'autonom', 'manipulacion', 'locomocion', '机器人', '自动驾驶', '机械臂'],
  SP: ['speech', 'audio', 'acoustic', 'speaker', 'music', 'signal', 'spracherkenn', 'sprachsynth', 'sprecher', 'akustik', 'akustisch', 'musik', 'parole', 'vocal', 'voix', 'locuteur', 'acoustique', 'musique', 'habla', 'voz', 'hablante', 'acustic', 'senal', '语音', '音频', '音乐', '声学', '信号处理'],
  DM: ['data mining', 'recommend', 'graph mining', 'time series', 'anomal', 'empfehlung', 'zeitreihe', 'fouille donnee', 'recommandation', 'serie temporel', 'mineria dato', 'recomendacion', 'serie temporal', '数据挖掘', '推荐系统', '时间序列', '异常检测'],
  AP: ['planning', 'scheduling', 'planung', 'ablaufplan', 'planification', 'ordonnancement', 'planificacion', '规划', '调度'],
  KR: ['knowledge', 'reasoning', 'logic.', 'logics.', 'logical.', 'ontolog', 'wissensgraph', 'wissensrepr', 'wissensbas', 'logik.', 'logisch', 'connaissance', 'raisonnement', 'logique', 'conocimiento', 'razonamiento', 'logica', '知识', '推理', '逻辑'],
  HCI: ['hci', 'interaction', 'interface', 'accessib', 'usab', 'interaktion', 'barrierefrei', 'benutzerober', 'benutzerfreund', 'utilisab', 'interaccion', 'interfaz', 'interfac', 'accesib', '人机交互', '交互', '无障碍', '界面', 'user stud', 'nutzerstud', 'benutzerstud', '用户研究'],
  IRSM: ['search', 'retrieval', 'social media', 'recommend', 'suchmaschine', 'informationssuche', 'sozial medien', 'sozial netzwerk', 'empfehlung', 'moteur recherche', 'recherche information', 'reseau socia', 'media socia', 'recommandation', 'buscador', 'motor busqueda', 'recuperacion informacion', 'red socia', 'rede socia', 'recomendacion', '检索', '搜索', '社交媒体', '社交网络', '推荐系统', 'semantisch suche', 'recherche semantique', 'busqueda semantica'],
}; // prettier-ignore

/** Each as the words that all stand in an interest; Chinese as the pairs that stand for its words. */
const wanted = Object.entries(beginnings).map(([subject, all]) => ({
  subject,
  code: subject.toLowerCase(),
  all: all.map((one) => one.split(' ').flatMap((word) => (word.endsWith('.') ? [word] : wordsIn(word)))),
}));

/** Whether a list's letters for a subject are known here. */
export function isSubject(subject: string): boolean {
  return Object.hasOwn(beginnings, subject);
}

/** The letters of the subjects that these interests are about. */
export function subjectsOf(interests: readonly string[]): string[] {
  const words = interests.map((interest) => wordsIn(foldWords(interest)));
  const begins = (word: string, start: string): boolean =>
    start.endsWith('.') ? word === start.slice(0, -1) : word.startsWith(start);
  const isAbout = (starts: readonly string[]): boolean =>
    words.some((own) => starts.every((start) => own.some((word) => begins(word, start))));
  return wanted
    .filter(({ code, all }) => words.some((own) => own.includes(code)) || all.some(isAbout))
    .map(({ subject }) => subject);
}
