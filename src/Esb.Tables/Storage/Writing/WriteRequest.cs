namespace Esb.Tables.Storage.Writing;

/// <summary>Work that waits for the writer.</summary>
internal abstract class WriteRequest
{
    /// <summary>Whether nobody waits for it any more.</summary>
    public abstract bool IsCancelled { get; }

    /// <summary>Does the work; its answer is kept until it is on the disk.</summary>
    public abstract void Run(WriteSession session);

    /// <summary>Answers: what was written is on the disk.</summary>
    public abstract void Complete();

    /// <summary>Answers: nothing was written.</summary>
    public abstract void Fail(Exception reason);
}
