namespace Esb.Gateway.Bodies;

/// <summary>Some of the answers that wait, so that those who come and go on other threads need not wait for each other.</summary>
internal sealed class WaitingAnswers
{
    private const int Parts = 16;

    // Guards the set, and what its answers hold. Held while one is let go: its request must not end, and its context serve another, meanwhile.
    private readonly Lock _gate = new();
    private readonly HashSet<AnswerInFlight> _answers = [];

    public static WaitingAnswers[] Make() => [.. Enumerable.Range(0, Parts).Select(_ => new WaitingAnswers())];

    public void Add(AnswerInFlight answer)
    {
        lock (_gate)
            _answers.Add(answer);
    }

    /// <summary>False when the answer is not there any more.</summary>
    public bool TryHold(AnswerInFlight answer, long cost)
    {
        lock (_gate)
        {
            if (!_answers.Contains(answer))
                return false;
            answer.Held = cost;
            return true;
        }
    }

    /// <summary>What it held; null when it is not there any more.</summary>
    public long? Remove(AnswerInFlight answer)
    {
        lock (_gate)
            return _answers.Remove(answer) ? answer.Held : null;
    }

    /// <summary>The same, and ends it.</summary>
    public long? LetGo(AnswerInFlight answer)
    {
        lock (_gate)
        {
            if (!_answers.Remove(answer))
                return null;
            answer.LetGo();
            return answer.Held;
        }
    }

    public void ForEach(Action<AnswerInFlight> look)
    {
        lock (_gate)
        {
            foreach (var answer in _answers)
                look(answer);
        }
    }
}
