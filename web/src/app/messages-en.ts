import courses from "../features/courses/messages/en.json";
import notes from "../features/grading/annotate/messages/en.json";
import beside from "../features/grading/beside/messages/en.json";
import calibration from "../features/grading/calibration/messages/en.json";
import gradePoints from "../features/grading/grade-points/messages/en.json";
import message from "../features/grading/gradebook/message/messages/en.json";
import presence from "../features/grading/gradebook/presence/messages/en.json";
import groupWork from "../features/grading/group-work/messages/en.json";
import marking from "../features/grading/marking/messages/en.json";
import grading from "../features/grading/messages/en.json";
import outcomes from "../features/grading/outcomes/messages/en.json";
import pace from "../features/grading/pace/messages/en.json";
import peers from "../features/grading/peers/messages/en.json";
import gradePolicy from "../features/grading/policy/messages/en.json";
import byQuestion from "../features/grading/questions/by-question/messages/en.json";
import questions from "../features/grading/questions/messages/en.json";
import rubrics from "../features/grading/rubrics/messages/en.json";
import similarity from "../features/grading/similarity/messages/en.json";
import speed from "../features/grading/speed/messages/en.json";
import voice from "../features/grading/voice/messages/en.json";
import workFiles from "../features/grading/work-files/messages/en.json";
import identity from "../features/identity/messages/en.json";
import messaging from "../features/messaging/messages/en.json";
import common from "./messages/en.json";

export default {
  ...common,
  beside,
  byQuestion,
  calibration,
  courses,
  gradePoints,
  gradePolicy,
  grading,
  groupWork,
  identity,
  marking,
  messaging,
  message,
  notes,
  outcomes,
  pace,
  presence,
  questions,
  peers,
  rubrics,
  similarity,
  speed,
  voice,
  workFiles,
};
