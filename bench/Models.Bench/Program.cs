using Bitcurve.Models.Bench;

const string Usage = """
    usage: Models.Bench COMMAND
      step [THREADS] [NETWORK...]  quantisation-aware step against the FP32 step (THREADS as 1,2)
      memory [STEPS]               resident memory over quantisation-aware training; exit code 1 where it grows
      resnet20 [ROUNDS]            resnet20 step against python3-torch on the same libtorch
      input [THREADS] [DEVICE]     time to make a batch against the step that consumes it
      schemes FOLDER SEEDS SCHEMES NETWORK...  accuracies of decreasing, increasing and uniform bit-widths on shapes32
      series FOLDER SEEDS NETWORK...           accuracies with series in place of kernels; FOLDER as left by schemes
      quantize [THREADS] [NETWORK...]  quantising all weights, and decoding them from a packed file, against a memory copy
      series-fit                   how near series come to kernels, by both fits
      dynamic [THREADS]            sparse inference of dynamic residual blocks against masked dense evaluation
      conv3d [THREADS]             the parts of 3D convolutions against the standard one
      systems FILE SEEDS [NETWORK...]          every system of small scale trained: metric before, after, and without looking
      overhead                     time per operator call of the binding
    """;

if (LaunchEnvironment.Restart(args) is { } exitCode)
{
    return exitCode;
}

switch (args)
{
    case ["step", .. var rest]:
        return StepBench.Run(rest);
    case ["memory", .. var rest]:
        return MemoryBench.Run(rest);
    case ["resnet20", .. var rest]:
        return PythonBench.Run(rest);
    case [PythonBench.OwnSteps, var state, var threads, var steps]:
        return PythonBench.RunOwnSteps(state, int.Parse(threads), int.Parse(steps));
    case ["input", .. var rest]:
        return InputBench.Run(rest);
    case ["schemes", .. var rest]:
        return SchemesBench.Run(rest);
    case ["series", .. var rest]:
        return SeriesBench.Run(rest);
    case ["quantize", .. var rest]:
        return QuantizeBench.Run(rest);
    case ["systems", .. var rest]:
        return SystemsBench.Run(rest);
    case ["series-fit"]:
        return SeriesFitBench.Run();
    case ["dynamic", .. var rest]:
        return DynamicBench.Run(rest);
    case ["conv3d", .. var rest]:
        return Convolution3dBench.Run(rest);
    case ["overhead"]:
        return OverheadBench.Run();
    default:
        Console.Error.WriteLine(Usage);
        return 2;
}
