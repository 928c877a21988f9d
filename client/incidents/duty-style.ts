/** How the duty list looks: one column a thumb can work, two where there is room. */
import { css } from 'lit'

export const dutyStyle = css`
  :host {
    display: flex;
    flex-direction: column;
    min-height: 100dvh;
  }
  main {
    display: grid;
    gap: 1.6rem;
    align-content: start;
    width: 100%;
    max-width: 68rem;
    margin: 0 auto;
    padding: 1rem 1.2rem 2.5rem;
  }
  ul.open {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 26rem), 1fr));
    gap: var(--gap);
  }
  .card {
    gap: 0.3rem;
    padding: 0.9rem 1rem;
    background: var(--panel);
    border-radius: 0 0.25rem 0.25rem 0;
  }
  .card h3 {
    font-size: 1.15rem;
  }
  .quiet[role='status'] {
    padding: 1.5rem 0;
    color: var(--ink-2);
  }
  .acts {
    display: flex;
    flex-wrap: wrap;
    gap: 0.6rem;
    padding-top: 0.4rem;
  }
  button,
  select,
  input {
    min-height: 2.8rem;
    padding: 0 1.1rem;
    font: inherit;
    color: var(--ink);
    background: var(--raised);
    border: 1px solid var(--rule);
    border-radius: 0.25rem;
  }
  button {
    cursor: pointer;
  }
  button.take {
    flex: 1 1 12rem;
    font-weight: 600;
    color: var(--ground);
    background: var(--ink);
    border-color: var(--ink);
  }
  button[disabled] {
    color: var(--ink-3);
  }
  .refused {
    color: var(--critical);
  }
  .details {
    display: grid;
    gap: 0.7rem;
    margin-top: 0.5rem;
    padding-top: 0.7rem;
    border-top: 1px solid var(--rule);
  }
  .units {
    display: flex;
    flex-wrap: wrap;
    gap: 0.3rem 1rem;
  }
  .units a {
    padding: 0.35rem 0;
  }
  .history {
    display: grid;
    gap: 0.2rem;
    font-size: var(--small);
    color: var(--ink-2);
  }
  time {
    color: var(--ink-3);
  }
  .act {
    display: grid;
    gap: 0.6rem;
  }
  .act label {
    display: flex;
    align-items: center;
    gap: 0.8rem;
    color: var(--ink-2);
  }
  .act select {
    flex: 1;
  }
  .words {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
  }
  .words button {
    flex: 1 1 auto;
    padding: 0 0.7rem;
    white-space: nowrap;
  }
  input {
    min-width: 0;
  }
  h2 {
    padding-bottom: 0.4rem;
    font-weight: 500;
    color: var(--ink-2);
  }
  .closed li {
    padding: 0.55rem 0;
    border-top: 1px solid var(--grid);
    color: var(--ink-2);
  }
  .closed b {
    font-weight: 500;
    color: var(--ink);
  }
  .closed span {
    color: var(--ink-3);
  }
  @media (max-width: 640px) {
    main {
      padding: 0.7rem 0.7rem 2rem;
    }
  }
`
