using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.Bodies;

/// <summary>
/// The answers that clients have not taken yet, whatever their size. Thousands of clients may send requests and never
/// read, and over HTTP/2 each may request a hundred answers at once. So all answers share a limit, and each client must
/// keep reading. An answer that the connection takes at once costs two additions; an object is created only for an
/// answer that has to wait.
/// </summary>
/// <param name="bytes">The maximum size of all answers together.</param>
/// <param name="time">Measures how long clients take to read.</param>
internal sealed class AnswersInFlight(long bytes, TimeProvider time)
{
    /// <summary>
    /// The number of bytes in one write: Kestrel copies all of them, however slowly the client reads.
    /// </summary>
    public const int Piece = 64 * 1024;

    /// <summary>
    /// The number of bytes in one write when answers share a connection: the size of an HTTP/2 frame, so that the
    /// progress of each stream is visible.
    /// </summary>
    public const int SharedPiece = 16 * 1024;

    // A client that takes less than this in a window is considered not to read: 240 bytes a second.
    private const int MinTaken = 2_400;

    // When memory is short, a client that took less than this in several successive checks is disconnected to make room
    // for another one.
    private const int SlowBytes = 16 * 1024;
    private const int SlowChecks = 2;

    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    // When a connection carries several answers, each may have to wait for the others.
    private static readonly TimeSpan SharedWindow = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(1);

    private readonly WaitingAnswers[] _waiting = WaitingAnswers.Make();
    private ConcurrentQueue<AnswerInFlight> _slow = new();
    private long _held;
    private long _disconnected;
    private readonly GarbageTrigger _garbage = new(bytes / 4); // of answers that had to wait
    private long _checkedAt;

    /// <summary>The number of bytes held now.</summary>
    public long Held => Interlocked.Read(ref _held);

    /// <summary>How many clients were disconnected because they did not read.</summary>
    public long Disconnected => Interlocked.Read(ref _disconnected);

    internal TimeProvider Time => time;

    /// <summary>
    /// How many waiting answers began to wait at a timestamp or later. Their memory is reserved before they wait.
    /// </summary>
    internal int WaitingSince(long timestamp)
    {
        var count = 0;
        foreach (var waiting in _waiting)
            waiting.ForEach(answer => count += answer.WaitingSince >= timestamp ? 1 : 0);
        return count;
    }

    /// <summary>The answers of the port that the request came from; null where there is no limit.</summary>
    public static AnswersInFlight? Of(HttpContext context) => context.Features.Get<AnswersInFlight>();

    /// <summary>
    /// How much memory an answer of this length holds while it waits: itself, and the piece that Kestrel has copied.
    /// </summary>
    public static long CostOf(long length) => length + Math.Min(length, Piece);

    /// <summary>Reserves memory; false when there is not enough, even after disconnecting a slow client.</summary>
    public bool TryTake(long cost)
    {
        while (Interlocked.Add(ref _held, cost) > bytes)
        {
            Return(cost);
            if (!DisconnectSlowest())
                return false;
        }

        return true;
    }

    /// <summary>
    /// Reserves memory for an answer that must be sent in any case, such as the report of a lack of memory.
    /// </summary>
    public void Take(long cost) => Interlocked.Add(ref _held, cost);

    /// <summary>Releases reserved memory.</summary>
    public void Return(long cost) => Interlocked.Add(ref _held, -cost);

    /// <summary>Adds an answer that holds nothing yet.</summary>
    public AnswerInFlight Add(HttpContext context) => Add(context, 0);

    /// <summary>Adds an answer that has to wait and has reserved its memory.</summary>
    public AnswerInFlight Add(HttpContext context, long cost)
    {
        var waiting = _waiting[Environment.CurrentManagedThreadId % _waiting.Length];
        var answer = new AnswerInFlight(this, waiting, context) { Held = cost };
        waiting.Add(answer);
        if (cost > 0)
            _garbage.Add(cost);
        return answer;
    }

    /// <summary>
    /// Changes how much memory an answer holds; false when there is not enough memory, or its client was disconnected.
    /// </summary>
    public bool TryHold(AnswerInFlight answer, long cost)
    {
        var more = cost - answer.Held;
        if (more > 0 && !TryTake(more))
            return false;
        if (answer.Waiting.TryHold(answer, cost))
        {
            if (more < 0)
                Return(-more);
            return true;
        }

        if (more > 0)
            Return(more);
        return false;
    }

    /// <summary>Removes an answer that has ended in any way.</summary>
    public void Remove(AnswerInFlight answer) => Return(answer.Waiting.Remove(answer) ?? 0);

    /// <summary>Disconnects clients that do not take their answers. Called often; checks once a second.</summary>
    public void Check()
    {
        if (time.GetElapsedTime(_checkedAt) < CheckInterval)
            return;
        _checkedAt = time.GetTimestamp();
        List<AnswerInFlight> late = [];
        List<AnswerInFlight> slow = [];
        foreach (var waiting in _waiting)
            waiting.ForEach(
                answer => (IsLate(answer) ? late : answer.SlowChecks >= SlowChecks ? slow : null)?.Add(answer));
        foreach (var answer in late)
            TryRelease(answer);
        if (slow.Count > 0 || !_slow.IsEmpty)
            _slow = new ConcurrentQueue<AnswerInFlight>(slow.OrderByDescending(a => a.SlowChecks));
    }

    private static bool IsLate(AnswerInFlight answer)
    {
        if (answer.Check(SlowBytes) is not var (taken, since) || since < (answer.IsShared ? SharedWindow : Window))
            return false;
        answer.BeginWindow();
        return taken < (answer.IsShared ? 1 : MinTaken);
    }

    // Uses the results of the last check.
    private bool DisconnectSlowest()
    {
        while (_slow.TryDequeue(out var answer))
        {
            if (answer.IsWaiting && TryRelease(answer))
                return true;
        }

        return false;
    }

    // Its memory is free from now on, even while its connection is still being closed.
    private bool TryRelease(AnswerInFlight answer)
    {
        if (answer.Waiting.Disconnect(answer) is not { } cost)
            return false;
        Return(cost);
        Interlocked.Increment(ref _disconnected);
        _garbage.Add(cost);
        return true;
    }
}
