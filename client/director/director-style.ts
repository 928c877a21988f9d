/** How the director's console looks: one column a thumb can work, groups side by side where there is room. */
import { css } from 'lit'

export const directorStyle = css`
  :host {
    display: block;
  }
  header.top {
    position: sticky;
    z-index: 2;
    top: 0;
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0.1rem 1.5rem;
    padding: 0.7rem 1.2rem;
    background: var(--ground);
    border-bottom: 1px solid var(--rule);
  }
  header.top h1 {
    font-size: 1.5rem;
    font-weight: 700;
  }
  header.top p {
    color: var(--ink-2);
  }
  header.top .clock {
    margin-left: auto;
    font-size: 1.4rem;
    font-weight: 600;
    color: var(--ink);
  }
  header.top nav {
    display: flex;
    gap: 1.2rem;
  }
  main {
    display: grid;
    gap: 1.6rem;
    max-width: 110rem;
    margin: 0 auto;
    padding: 1rem 1.2rem 3rem;
  }
  h2 {
    font-size: 1.25rem;
    font-weight: 600;
  }
  section {
    display: grid;
    gap: 0.8rem;
    align-content: start;
    min-width: 0;
  }
  .group {
    padding: 1rem;
    background: var(--panel);
    border-radius: 0.3rem;
  }
  .air {
    display: grid;
    gap: 0.15rem;
  }
  .air .what {
    font-size: 1.1rem;
    font-weight: 600;
  }
  .air p,
  .flip {
    color: var(--ink-2);
  }
  .warn,
  header.top .warn {
    color: var(--warning);
  }
  .refused,
  header.top .refused {
    color: var(--critical);
  }
  .desk,
  form {
    display: flex;
    flex-wrap: wrap;
    align-items: end;
    gap: 0.6rem;
  }
  label {
    display: grid;
    gap: 0.2rem;
    flex: 0 1 17rem;
    font-size: var(--small);
    color: var(--ink-2);
  }
  label.check {
    display: flex;
    align-items: center;
    gap: 0.5rem;
    flex: 1 1 16rem;
    min-height: 2.8rem;
  }
  button,
  input,
  select {
    min-width: 0;
    min-height: 2.8rem;
    padding: 0 0.9rem;
    font: inherit;
    font-size: 1rem;
    color: var(--ink);
    background: var(--raised);
    border: 1px solid var(--ink-3);
    border-radius: 0.25rem;
  }
  input[type='checkbox'] {
    width: 1.4rem;
    min-height: 1.4rem;
    accent-color: var(--data);
  }
  input.code {
    width: 10rem;
    font-weight: 600;
    letter-spacing: 0.1em;
    text-transform: uppercase;
  }
  button {
    cursor: pointer;
  }
  button.strong {
    font-weight: 600;
    color: var(--ground);
    background: var(--ink);
    border-color: var(--ink);
  }
  button[disabled] {
    color: var(--ink-3);
    background: var(--panel);
    border-color: var(--rule);
    cursor: default;
  }
  .screens {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 21rem), 1fr));
    gap: 0.9rem;
  }
  .screen {
    display: grid;
    gap: 0.35rem;
    align-content: start;
    min-width: 0;
    padding: 0.7rem;
    background: var(--raised);
    border-radius: 0.25rem;
  }
  .screen .line {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    justify-content: space-between;
    gap: 0 0.8rem;
  }
  .screen h3 {
    font-size: 1.1rem;
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .screen .facts {
    display: flex;
    flex-wrap: wrap;
    gap: 0 0.9rem;
    font-size: var(--small);
    color: var(--ink-2);
  }
  .screen.lost {
    outline: 1px solid var(--warning);
  }
  .screen.frozen {
    outline: 2px solid var(--critical);
  }
  .sure {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5rem;
  }
  .stage {
    position: relative;
    overflow: hidden;
    border: 2px solid var(--warning);
    border-radius: 0.2rem;
    container-type: inline-size;
    aspect-ratio: 16 / 9;
    max-width: 60rem;
  }
  .waiting {
    display: flex;
    flex-wrap: wrap;
    gap: 0.6rem;
  }
  .waiting li {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.3rem 0.9rem;
    padding: 0.5rem 0.9rem;
    background: var(--panel);
    border-radius: 0.25rem;
  }
  .waiting b {
    font-size: 1.3rem;
    font-weight: 700;
    letter-spacing: 0.08em;
  }
  .journal {
    display: grid;
    gap: 0.25rem;
    color: var(--ink-2);
  }
  .journal b {
    font-weight: 600;
    color: var(--ink);
  }
  @media (max-width: 640px) {
    main {
      padding: 0.8rem 0.7rem 2.5rem;
    }
    .group {
      padding: 0.8rem;
    }
    header.top {
      padding: 0.6rem 0.7rem;
    }
    label {
      flex: 1 1 100%;
    }
    .desk button,
    form button {
      flex: 1 1 40%;
    }
    .desk button.strong {
      flex-basis: 100%;
    }
  }
`
