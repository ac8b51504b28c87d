namespace Esb.Gateway.Bodies;

/// <summary>
/// One part of the set of waiting answers, so that threads that add and remove answers rarely wait for each other.
/// </summary>
internal sealed class WaitingAnswers
{
    private const int Parts = 16;

    // Guards the set and the sizes of its answers. Held while a client is being disconnected, because meanwhile its
    // request must not end and its context must not serve another request.
    private readonly Lock _gate = new();
    private readonly HashSet<AnswerInFlight> _answers = [];

    public static WaitingAnswers[] Make() => [.. Enumerable.Range(0, Parts).Select(_ => new WaitingAnswers())];

    public void Add(AnswerInFlight answer)
    {
        lock (_gate)
            _answers.Add(answer);
    }

    /// <summary>Sets the number of bytes that an answer holds; false when it has been removed.</summary>
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

    /// <summary>
    /// Removes an answer and returns the number of bytes that it held; null when it has been removed already.
    /// </summary>
    public long? Remove(AnswerInFlight answer)
    {
        lock (_gate)
            return _answers.Remove(answer) ? answer.Held : null;
    }

    /// <summary>Removes an answer as <see cref="Remove"/> does, and disconnects its client.</summary>
    public long? Disconnect(AnswerInFlight answer)
    {
        lock (_gate)
        {
            if (!_answers.Remove(answer))
                return null;
            answer.Disconnect();
            return answer.Held;
        }
    }

    public void ForEach(Action<AnswerInFlight> action)
    {
        lock (_gate)
        {
            foreach (var answer in _answers)
                action(answer);
        }
    }
}
