import Counter from "../islands/Counter.tsx";

export default function Home() {
  return <Counter />;
}
