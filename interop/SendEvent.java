import dev.firn.notify.EventTarget;
import dev.firn.notify.OutgoingEvent;

/** Sends an event: the target, its id, its subject and its text are the arguments. */
class SendEvent {
  public static void main(String[] arguments) throws Exception {
    try (EventTarget target = EventTarget.open(arguments[0])) {
      target.send(new OutgoingEvent(arguments[1], arguments[2], arguments[3]));
    }
  }
}
