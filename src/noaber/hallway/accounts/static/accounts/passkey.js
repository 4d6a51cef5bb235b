// Says in words that a passkey did not work; without this allauth only tells the console.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const box = document.getElementById("passkey-failed");
  if (box) {
    box.hidden = false;
    box.focus();
  }
});
