using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.Bodies;

/// <summary>
/// The answers that clients have not taken yet, of every size. There may be thousands of clients that ask and never read, and over HTTP/2 each
/// may ask for a hundred answers at once: all together have a common bound, and each client must go on taking. An answer that the connection
/// takes at once costs two additions here; only one that has to wait becomes an object.
/// </summary>
/// <param name="bytes">What all of them together may hold.</param>
/// <param name="time">For how long clients have to take something.</param>
internal sealed class AnswersInFlight(long bytes, TimeProvider time)
{
    /// <summary>Bytes that are written at once: Kestrel copies what it is given, however slowly the client takes it.</summary>
    public const int Piece = 64 * 1024;

    /// <summary>The same where answers share a connection: a frame of HTTP/2, so that each stream shows whether it gets on.</summary>
    public const int SharedPiece = 16 * 1024;

    // Who takes less than this in a window does not read: 240 bytes a second, as for bodies of requests.
    private const int LeastTaken = 2_400;

    // Under pressure, whoever takes less than this in so many looks in a row makes room for another one.
    private const int SlowBytes = 16 * 1024;
    private const int SlowLooks = 2;

    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    // Where one connection carries many answers, each may have to wait for the others.
    private static readonly TimeSpan SharedWindow = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    private readonly WaitingAnswers[] _waiting = WaitingAnswers.Make();
    private ConcurrentQueue<AnswerInFlight> _slow = new();
    private long _held;
    private long _letGo;
    private readonly LeftBehind _left = new(bytes / 4); // those that had to wait or were let go
    private long _lookedAt;

    /// <summary>Bytes held at this moment.</summary>
    public long Held => Interlocked.Read(ref _held);

    /// <summary>How many clients were let go because they did not read.</summary>
    public long LetGo => Interlocked.Read(ref _letGo);

    internal TimeProvider Time => time;

    /// <summary>
    /// How many answers have something for their clients to take, since a time of the clock or later. Room is held
    /// before that.
    /// </summary>
    internal int WaitingSince(long timestamp)
    {
        var count = 0;
        foreach (var waiting in _waiting)
            waiting.ForEach(answer => count += answer.WaitingSince >= timestamp ? 1 : 0);
        return count;
    }

    /// <summary>Those of the port that a request came by; null where none are kept.</summary>
    public static AnswersInFlight? Of(HttpContext context) => context.Features.Get<AnswersInFlight>();

    /// <summary>What an answer of so many bytes holds while it waits: itself, and the piece of it that Kestrel has copied.</summary>
    public static long CostOf(long length) => length + Math.Min(length, Piece);

    /// <summary>Takes room; false when there is none, also after a client that reads slowly has made way.</summary>
    public bool TryTake(long cost)
    {
        while (Interlocked.Add(ref _held, cost) > bytes)
        {
            Return(cost);
            if (!LetGoOfSlowest())
                return false;
        }

        return true;
    }

    /// <summary>The same for what must be said in any case, such as that there is no room.</summary>
    public void Take(long cost) => Interlocked.Add(ref _held, cost);

    /// <summary>Gives room back that was not used.</summary>
    public void Return(long cost) => Interlocked.Add(ref _held, -cost);

    /// <summary>An answer that holds nothing yet.</summary>
    public AnswerInFlight Add(HttpContext context) => Add(context, 0);

    /// <summary>An answer that has to wait and has taken its room.</summary>
    public AnswerInFlight Add(HttpContext context, long cost)
    {
        var waiting = _waiting[Environment.CurrentManagedThreadId % _waiting.Length];
        var answer = new AnswerInFlight(this, waiting, context) { Held = cost };
        waiting.Add(answer);
        if (cost > 0)
            _left.Add(cost);
        return answer;
    }

    /// <summary>Makes an answer hold so much; false when there is no room, or it was let go.</summary>
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

    /// <summary>The answer is over, whichever way.</summary>
    public void Remove(AnswerInFlight answer) => Return(answer.Waiting.Remove(answer) ?? 0);

    /// <summary>Lets go of clients that do not take their answers. Called often; looks once a second.</summary>
    public void Look()
    {
        if (time.GetElapsedTime(_lookedAt) < LookInterval)
            return;
        _lookedAt = time.GetTimestamp();
        List<AnswerInFlight> late = [];
        List<AnswerInFlight> slow = [];
        foreach (var waiting in _waiting)
            waiting.ForEach(answer => (IsLate(answer) ? late : answer.SlowLooks >= SlowLooks ? slow : null)?.Add(answer));
        foreach (var answer in late)
            TryRelease(answer);
        if (slow.Count > 0 || !_slow.IsEmpty)
            _slow = new ConcurrentQueue<AnswerInFlight>(slow.OrderByDescending(a => a.SlowLooks));
    }

    private static bool IsLate(AnswerInFlight answer)
    {
        if (answer.Look(SlowBytes) is not var (taken, since) || since < (answer.IsShared ? SharedWindow : Window))
            return false;
        answer.BeginWindow();
        return taken < (answer.IsShared ? 1 : LeastTaken);
    }

    // As they were at the last look.
    private bool LetGoOfSlowest()
    {
        while (_slow.TryDequeue(out var answer))
        {
            if (answer.IsWaiting && TryRelease(answer))
                return true;
        }

        return false;
    }

    // Its room is another's from now on, also while its connection is still being closed.
    private bool TryRelease(AnswerInFlight answer)
    {
        if (answer.Waiting.LetGo(answer) is not { } cost)
            return false;
        Return(cost);
        Interlocked.Increment(ref _letGo);
        _left.Add(cost);
        return true;
    }
}
