using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Esb.Host.Sockets;

/// <summary>
/// Passes file descriptors through a Unix domain socket, which .NET does not support. Sources: unix(7), SCM_RIGHTS;
/// cmsg(3); the layout of <c>msghdr</c> is that of 64-bit glibc.
/// </summary>
internal static unsafe partial class DescriptorPassing
{
    /// <summary>The maximum number of descriptors in one message.</summary>
    public const int MostDescriptors = 8;

    private const int SocketLevel = 1; // SOL_SOCKET
    private const int Rights = 1; // SCM_RIGHTS
    private const int NoSignal = 0x4000; // MSG_NOSIGNAL
    private const int CloseOnExec = 0x40000000; // MSG_CMSG_CLOEXEC
    private const int HeaderBytes = 16; // CMSG_LEN(0)

    /// <summary>Sends text together with descriptors, all in one message.</summary>
    /// <exception cref="IOException">The other side is gone.</exception>
    public static void Send(Socket socket, ReadOnlySpan<byte> text, ReadOnlySpan<int> descriptors)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(descriptors.Length, MostDescriptors);
        var control = stackalloc byte[HeaderBytes + (MostDescriptors * sizeof(int))];
        *(nuint*)control = (nuint)(HeaderBytes + (descriptors.Length * sizeof(int)));
        ((int*)control)[2] = SocketLevel;
        ((int*)control)[3] = Rights;
        descriptors.CopyTo(new Span<int>(control + HeaderBytes, MostDescriptors));
        fixed (byte* bytes = text)
        {
            var part = new Part { Bytes = bytes, Length = (nuint)text.Length };
            var message =
                new Message { Parts = &part, PartCount = 1, Control = control, ControlLength = *(nuint*)control };
            if (SendMessage(socket.SafeHandle, &message, NoSignal) != text.Length)
                throw new IOException(Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError()));
        }
    }

    /// <summary>Receives what <see cref="Send"/> sent, with as much of its text as fits.</summary>
    /// <returns>
    /// The length of the text; 0 when the other side has closed. The descriptors belong to the caller.
    /// </returns>
    /// <exception cref="IOException">The message cannot be received.</exception>
    public static (int Length, int[] Descriptors) Receive(Socket socket, Span<byte> text)
    {
        var control = stackalloc byte[HeaderBytes + (MostDescriptors * sizeof(int))];
        fixed (byte* bytes = text)
        {
            var part = new Part { Bytes = bytes, Length = (nuint)text.Length };
            var message = new Message
            {
                Parts = &part,
                PartCount = 1,
                Control = control,
                ControlLength = HeaderBytes + (MostDescriptors * sizeof(int)),
            };
            var length = (int)ReceiveMessage(socket.SafeHandle, &message, CloseOnExec);
            if (length < 0)
                throw new IOException(Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError()));
            return (length, Descriptors(control, message.ControlLength));
        }
    }

    private static int[] Descriptors(byte* control, nuint length)
    {
        if (length < HeaderBytes || ((int*)control)[2] != SocketLevel || ((int*)control)[3] != Rights)
            return [];
        return new ReadOnlySpan<int>(control + HeaderBytes, (int)((*(nuint*)control - HeaderBytes) / sizeof(int)))
            .ToArray();
    }

    [LibraryImport("libc", EntryPoint = "sendmsg", SetLastError = true)]
    private static partial nint SendMessage(SafeHandle socket, Message* message, int flags);

    [LibraryImport("libc", EntryPoint = "recvmsg", SetLastError = true)]
    private static partial nint ReceiveMessage(SafeHandle socket, Message* message, int flags);

    private struct Part
    {
        public byte* Bytes;
        public nuint Length;
    }

    private struct Message
    {
        public void* Name;
        public uint NameLength;
        public Part* Parts;
        public nuint PartCount;
        public void* Control;
        public nuint ControlLength;
        public int Flags;
    }
}
