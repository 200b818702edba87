import { mount } from "svelte";
import App from "./App.svelte";
import { keepForOffline } from "./offline";
import "./styles/fonts.css";
import "./styles/tokens.css";
import "./styles/base.css";

const target = document.querySelector("#app");
if (!target) throw new Error("index.html has no element #app");
mount(App, { target });
keepForOffline();
