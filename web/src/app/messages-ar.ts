import courses from "../features/courses/messages/ar.json";
import notes from "../features/grading/annotate/messages/ar.json";
import beside from "../features/grading/beside/messages/ar.json";
import calibration from "../features/grading/calibration/messages/ar.json";
import gradePoints from "../features/grading/grade-points/messages/ar.json";
import message from "../features/grading/gradebook/message/messages/ar.json";
import presence from "../features/grading/gradebook/presence/messages/ar.json";
import groupWork from "../features/grading/group-work/messages/ar.json";
import marking from "../features/grading/marking/messages/ar.json";
import grading from "../features/grading/messages/ar.json";
import outcomes from "../features/grading/outcomes/messages/ar.json";
import pace from "../features/grading/pace/messages/ar.json";
import peers from "../features/grading/peers/messages/ar.json";
import gradePolicy from "../features/grading/policy/messages/ar.json";
import byQuestion from "../features/grading/questions/by-question/messages/ar.json";
import questions from "../features/grading/questions/messages/ar.json";
import rubrics from "../features/grading/rubrics/messages/ar.json";
import similarity from "../features/grading/similarity/messages/ar.json";
import speed from "../features/grading/speed/messages/ar.json";
import voice from "../features/grading/voice/messages/ar.json";
import workFiles from "../features/grading/work-files/messages/ar.json";
import identity from "../features/identity/messages/ar.json";
import messaging from "../features/messaging/messages/ar.json";
import common from "./messages/ar.json";

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
