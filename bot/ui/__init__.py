"""The closed vocabulary that every platform renders: Actions, Parts, Replies, Forms, words."""
